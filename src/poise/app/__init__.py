"""The use cases: live, analyze, test. Threads and processes live here."""
