in vec3 point, normal, rest;
in vec4 paint;
uniform mat4 camera, lamp;
out vec3 at, n, r;
out vec4 p, inLamp;
void main() {
    gl_Position = camera * vec4(point, 1.0);
    at = point; n = normal; r = rest; p = paint;
    inLamp = lamp * vec4(point, 1.0);
}
