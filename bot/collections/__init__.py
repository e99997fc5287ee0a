"""Collections of a museum's works: read from a folder, kept in the store, searched in memory."""
