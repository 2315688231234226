uniform vec3 eyeAt;
void main() {
    vec3 d = normalize(r - vec3(sign(r.x) * eyeAt.x, eyeAt.yz));
    float a = acos(clamp(d.z, -1.0, 1.0));
    vec3 c = vec3(0.88, 0.86, 0.84);
    vec3 iris = colour * (0.7 + 0.6 * grain(vec3(atan(d.y, d.x) * 9.0, a * 30.0, 1.0)));
    c = mix(iris, c, smoothstep(0.46, 0.53, a));
    c = mix(vec3(0.02), c, smoothstep(0.19, 0.24, a));
    c *= 0.62 + 0.3 * smoothstep(0.9, 0.0, d.y + 0.2);
    show(shade(c, normalize(n), 0.5, 0.35, 70.0, 0.8), 1.0);
}
