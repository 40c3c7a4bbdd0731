"""The database: tables, statements, migrations, opening. Only here is SQLAlchemy at home."""
