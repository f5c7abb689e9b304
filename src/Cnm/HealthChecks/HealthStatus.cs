namespace Net.Cnm.HealthChecks;

/// <summary>What the probes of a container have found.</summary>
public enum HealthStatus
{
    /// <summary>No probe has succeeded since the start, and not enough have failed.</summary>
    Starting,

    /// <summary>It works, as far as the probes say: since one succeeded, not enough have failed in a row.</summary>
    Healthy,

    /// <summary>Enough probes have failed in a row; or none is run, since the container is paused or has ended.</summary>
    Unhealthy,
}
