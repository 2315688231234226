"""What a session says: figures with their certainty, advice, tables, two sessions side by side."""
