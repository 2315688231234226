// paint: red, green, blue, kind (0 wall, 1 boards, 2 carpet)
uniform float onlyShadow;
void main() {
    float slope = dot(normalize(n), lampDirection);
    if (onlyShadow > 0.5) {
        picture = vec4(mix(0.66, 1.0, lit(slope)));
        return;
    }
    vec3 c = p.rgb;
    if (p.a < 0.5) {
        c *= 0.97 + 0.06 * cloud(r * 3.0);
        c *= 0.80 + 0.20 * smoothstep(0.0, 1.6, r.y);
    } else if (p.a < 1.5) {
        float board = floor(r.x / 0.13);
        float offset = fract(board * 0.37) * 2.0;
        c *= 0.80 + 0.36 * noiseAt(vec3(r.x * 9.0 + board * 3.1, r.z * 1.2 + floor((r.z + offset) / 1.4) * 5.0, 0.0)).g;
        c *= 1.0 - 0.3 * smoothstep(0.475, 0.5, abs(fract(r.x / 0.13) - 0.5));
    } else {
        c *= 0.82 + 0.36 * grain(r * 180.0);
    }
    show(shade(c, normalize(n), 0.2, p.a > 0.5 && p.a < 1.5 ? 0.05 : 0.0, 12.0, 1.0), 1.0);
}
