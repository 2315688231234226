// paint: metres inside the garment's edge, stripes, sole
void main() {
    float alpha = clamp(p.x / max(fwidth(p.x), 1e-5) + 0.5, 0.0, 1.0);
    if (alpha <= 0.0) discard;
    vec3 normal = normalize(n);
    if (!gl_FrontFacing) normal = -normal;
    vec2 slope = noiseAt(r * vec3(11.0, 6.0, 11.0)).ba - 0.5;
    vec3 fold = vec3(slope, slope.x) * 0.9;
    normal = normalize(normal - 0.5 * (fold - normal * dot(fold, normal)));
    vec3 c = colour * (0.96 + 0.08 * grain(r * 320.0));
    c = mix(c, vec3(0.9), p.y * 0.8 * step(0.5, fract(r.y * 16.0)));
    c = mix(c, vec3(0.88), p.z);
    c *= p.x < 0.011 ? 0.82 + 0.1 * smoothstep(0.008, 0.011, p.x) : 1.0;
    show(shade(c, normal, 0.2, 0.01, 8.0, gl_FrontFacing ? 1.0 : 0.35), alpha);
}
