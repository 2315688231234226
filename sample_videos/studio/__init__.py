"""The studio: renders people who exercise, with every joint angle known exactly.

Nobody knows how wrong a form coach's angles are, because filming a person gives no truth. A rendered person does.
Axes everywhere: y up, z toward the front of the person, x toward the person's left; metres, degrees, seconds.

    motion file ──▶ timeline ──▶ pose ──▶ skinned person ──▶ picture ──▶ clip, sidecar, truth
    (motion.py)    (timeline.py)  (pose.py) (person.py)      (render.py)   (clip.py)
"""
