using Net.Cnm.HealthChecks;
using Net.Cnm.Identifiers;
using Net.Cnm.Sandboxes;
using Net.Controller.HealthChecks;

namespace Net.Controller;

/// <summary>The health of containers.</summary>
public sealed partial class NetworkController
{
    /// <summary>The health of a container as it is now; null when it has no probe, or was never started.</summary>
    public SandboxHealth? HealthOf(Sandbox sandbox) => _parts.Health.Find(sandbox);

    private Task<ProbeResult?> ProbeAsync(SandboxId id, CancellationToken stop) => Snapshot.Find(id) is { HealthCheck: not null } sandbox
        ? new HealthProbe(_parts).RunAsync(sandbox, stop)
        : Task.FromResult<ProbeResult?>(null);

    private void TellOfHealth(SandboxId id, HealthStatus status)
    {
        if (Snapshot.Find(id) is { } sandbox)
        {
            _parts.Tell(sandbox, $"health_status: {HealthWord.Of(status)}");
        }
    }
}
