"""What is remembered of a person, and what follows from it: targets, today's session, progress, red flags."""
