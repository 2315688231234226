in vec3 at, n, r;
in vec4 p, inLamp;
out vec4 picture;
uniform sampler2D noise;   // grain, clouds, slopes of the clouds
uniform sampler2DShadow shadow;
uniform vec3 colour, eye, lampDirection, lampColour, skyColour, groundColour, fillColour;
uniform float exposure, shadowTexel;


// The noise is flat: depth slants it, so that no face of a body shows streaks. 16 texels a unit.
vec4 noiseAt(vec3 x) { return texture(noise, (x.xy + x.z * vec2(0.61, 0.37)) / 16.0); }
float grain(vec3 x) { return texture(noise, (x.xy + x.z * vec2(0.61, 0.37)) / 256.0).r; }
float cloud(vec3 x) { return noiseAt(x).g; }

float lit(float slope) {
    vec3 q = inLamp.xyz / inLamp.w * 0.5 + 0.5;
    if (any(lessThan(q.xy, vec2(0.0))) || any(greaterThan(q.xy, vec2(1.0)))) return 1.0;
    float depth = q.z - 0.0022 - 0.005 * (1.0 - clamp(slope, 0.0, 1.0));
    float sum = 0.0;
    for (int i = 0; i < 2; i++) {
        vec2 shift = vec2(float(i) - 0.5) * 2.6 * shadowTexel;
        sum += texture(shadow, vec3(q.xy + shift, depth));
    }
    return sum * 0.5;
}

// Light on a surface of albedo c (display values): wrapped lamp light, sky and ground, a weak fill from the side.
vec3 shade(vec3 c, vec3 normal, float wrap, float specular, float gloss, float occlusion) {
    float slope = dot(normal, lampDirection);
    float seen = lit(slope);
    float lamp = max(0.0, (slope + wrap) / (1.0 + wrap)) * seen;
    vec3 ambient = mix(groundColour, skyColour, 0.5 + 0.5 * normal.y) * occlusion;
    vec3 fill = fillColour * max(0.0, dot(normal, normalize(vec3(-0.7, 0.25, 0.8))));
    vec3 view = normalize(eye - at);
    float shine = specular * pow(max(0.0, dot(normal, normalize(lampDirection + view))), gloss) * seen;
    return c * c * (ambient + lamp * lampColour + fill) + shine * lampColour;
}

void show(vec3 light, float alpha) {
    light *= exposure;
    light = light / (1.0 + 0.16 * light);
    picture = vec4(sqrt(clamp(light, 0.0, 1.0)), alpha);
}
