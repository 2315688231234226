// paint: metres above the hairline, height of the layer (0 to 1), thickness here
void main() {
    vec3 normal = normalize(n);
    if (!gl_FrontFacing) normal = -normal;
    float strand = grain(vec3(r.x * 420.0, r.y * 70.0, r.z * 420.0));
    float lock = cloud(vec3(r.x * 30.0, r.y * 7.0, r.z * 30.0));
    float edge = smoothstep(-0.003, 0.014, p.x + 0.010 * (lock - 0.5));
    float alpha = edge * (p.y < 0.9 ? 1.0 : 0.85 + 0.3 * strand);
    if (alpha < 0.05) discard;
    vec3 c = colour * (0.62 + 0.45 * strand + 0.35 * lock) * (0.7 + 0.3 * p.y);
    // Strands shine in a band across the direction in which they lie.
    vec3 along = normalize(vec3(r.x * 2.0, -1.0, r.z * 0.5));
    float band = dot(along, normalize(lampDirection + normalize(eye - at)));
    float shine = 0.10 * pow(max(0.0, 1.0 - band * band), 24.0) * (0.4 + strand);
    vec3 light = shade(c, normal, 0.4, 0.0, 1.0, 0.75 + 0.25 * p.y) + shine * lampColour;
    show(light, alpha);
}
