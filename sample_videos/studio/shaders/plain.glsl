// paint: red, green, blue, texture (0 none, 1 wood, 2 fabric, 3 a window's pane, 4 a lamp)
uniform float daylight;
void main() {
    vec3 c = p.rgb;
    if (p.a > 0.5 && p.a < 1.5) c *= 0.86 + 0.28 * cloud(r * vec3(2.0, 20.0, 20.0));
    if (p.a > 1.5 && p.a < 2.5) c *= 0.9 + 0.2 * grain(r * 260.0);
    if (p.a > 2.5) { show(c * c / exposure * (p.a > 3.5 ? 1.05 : daylight), 1.0); return; }
    show(shade(c, normalize(n), 0.15, 0.02, 10.0, 1.0), 1.0);
}
