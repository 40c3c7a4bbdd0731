"""Several processes on one PostgreSQL server: one leads, and jobs say what is ready for any."""
