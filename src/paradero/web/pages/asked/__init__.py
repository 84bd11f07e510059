"""Pages that answer one question of the whole casefile."""
