void main() {
    show(shade(colour, normalize(n), 0.5, 0.0, 1.0, 0.7), 0.4);
}
