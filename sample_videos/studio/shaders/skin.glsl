// paint: lips, occlusion in hollows, above the hairline (metres), stubble
uniform vec3 eyeAt, hairColour;
uniform float brows;
void main() {
    vec3 normal = normalize(n);
    float mottle = cloud(r * 20.0);
    vec3 c = colour * (0.95 + 0.1 * mottle);
    vec3 q = vec3(abs(r.x), r.yz);
    vec3 cheek = (q - eyeAt - vec3(0.012, -0.042, 0.01)) * vec3(1.0, 1.0, 0.6);
    c = mix(c, c * vec3(1.04, 0.86, 0.84), 0.45 * exp(-dot(cheek, cheek) / 0.0007));
    c = mix(c, colour * vec3(0.86, 0.60, 0.58), p.x * 0.75);
    if (r.y > eyeAt.y - 0.03 && r.z > eyeAt.z - 0.03) {
        vec2 b = q.xy - (eyeAt.xy + vec2(0.002, 0.0205));
        float arch = -6.0 * (b.x - 0.004) * (b.x - 0.004);
        float width = 0.0042 * smoothstep(0.030, 0.004, abs(b.x)) + 0.0006;
        float hairs = smoothstep(width, width * 0.35, abs(b.y - arch)) * smoothstep(0.027, 0.020, abs(b.x - 0.003));
        c = mix(c, hairColour * 0.9, hairs * brows * (0.5 + 0.4 * grain(vec3(r.xy * 900.0, 0.0))));
        vec2 lid = (q.xy - eyeAt.xy - vec2(0.0, 0.002)) / vec2(0.021, 0.013);
        c *= 1.0 - 0.16 * exp(-dot(lid, lid) * 1.2);
    }
    c = mix(c, mix(c, hairColour, 0.45), p.w * (0.6 + 0.4 * grain(r * 700.0)));
    c = mix(c, hairColour * 0.8, 0.85 * smoothstep(0.0, 0.012, p.z));
    float rim = pow(1.0 - max(0.0, dot(normal, normalize(eye - at))), 2.5);
    vec3 light = shade(c, normal, 0.35, 0.07, 16.0, p.y) + c * c * vec3(0.09, 0.03, 0.02) * rim * lampColour;
    show(light, 1.0);
}
