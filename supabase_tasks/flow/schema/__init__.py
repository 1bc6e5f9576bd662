"""Models against migrations: compare, plan, prove, write."""
