"""Migrations: one numbered module each, never edited after a release that holds it."""
