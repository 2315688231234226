"""What a live session does: its flow, what hands may ask for, what is heard when, and how it is to sit at a desk."""
