namespace Net.Cnm.HealthChecks;

/// <summary>Docker's words for the health of containers.</summary>
public static class HealthWord
{
    /// <summary>The word for a status.</summary>
    public static string Of(HealthStatus status) => status switch
    {
        HealthStatus.Starting => "starting",
        HealthStatus.Healthy => "healthy",
        _ => "unhealthy",
    };
}
