"""What an exercise is and how it is judged: pure, deterministic, no camera, model, file or clock."""
