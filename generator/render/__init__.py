"""From a plan to text. Jinja lives here, and sees nothing but the plan."""
