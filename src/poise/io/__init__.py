"""The edges: each module translates one outside library (and its errors) into the types of the core."""
