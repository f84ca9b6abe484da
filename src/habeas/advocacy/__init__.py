"""One plan that many organisations hold: priorities, pledges on five tracks, gaps. Lawful advocacy only."""
