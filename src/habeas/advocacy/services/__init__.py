"""Every write of the plan: each takes `actor`, checks that they may, and leaves one audit line."""
