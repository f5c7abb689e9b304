using Net.Cnm.HealthChecks;
using Net.Cnm.Identifiers;
using Net.Cnm.Sandboxes;
using Net.Controller.Models;
using Net.Controller.Watches;

namespace Net.Controller.HealthChecks;

/// <summary>Probes every sandbox that has a probe, runs and is not paused, and knows what the probes found. It follows the model: whatever
/// makes a sandbox run, pause or end, its probing begins and ends with that.</summary>
/// <remarks>Nothing of it is stored: after a start of the daemon a sandbox that runs is <see cref="HealthStatus.Starting"/> until its next
/// probe. Safe to use from several threads.</remarks>
/// <param name="probe">Runs one probe of a sandbox; its result is null when the sandbox has ended or is gone.</param>
/// <param name="onChange">Called when a probe has changed the status of a sandbox, before the next is run.</param>
/// <param name="time">The clock.</param>
internal sealed class HealthMonitors(
    Func<SandboxId, CancellationToken, Task<ProbeResult?>> probe, Action<SandboxId, HealthStatus> onChange, TimeProvider time)
    : IAsyncDisposable
{
    private readonly Lock _lock = new();
    private readonly Dictionary<SandboxId, Patient> _patients = [];
    private readonly BackgroundWork _work = new();

    /// <summary>Takes note of a change of the model.</summary>
    public void Follow(ModelChange change)
    {
        foreach (SandboxId id in change.Sandboxes)
        {
            Follow(id, change.After.Find(id));
        }
    }

    /// <summary>Takes note of a whole model, at the start of the daemon.</summary>
    public void Follow(ModelSnapshot model)
    {
        foreach (Sandbox sandbox in model.SandboxesById.Values)
        {
            Follow(sandbox.Id, sandbox);
        }
    }

    /// <summary>The health of a sandbox; null when it has no probe, or was never started.</summary>
    public SandboxHealth? Find(Sandbox sandbox)
    {
        if (sandbox.HealthCheck?.Command is null)
        {
            return null;
        }

        lock (_lock)
        {
            return _patients.TryGetValue(sandbox.Id, out Patient? patient) ? patient.Health
                : sandbox.State == SandboxState.Created ? null
                : sandbox.State == SandboxState.Running ? SandboxHealth.Starting
                : HealthRule.AtEnd(SandboxHealth.Starting);
        }
    }

    /// <summary>Ends all probing.</summary>
    public async ValueTask DisposeAsync()
    {
        await _work.DisposeAsync();
        lock (_lock)
        {
            foreach (Patient patient in _patients.Values)
            {
                patient.Monitor?.Dispose();
                patient.Monitor = null;
            }
        }
    }

    private void Follow(SandboxId id, Sandbox? sandbox)
    {
        lock (_lock)
        {
            Patient? patient = _patients.GetValueOrDefault(id);
            if (sandbox?.HealthCheck is not { Command: not null } check)
            {
                patient?.Monitor?.Dispose();
                _patients.Remove(id);
                return;
            }

            DateTimeOffset? started = sandbox is { State: SandboxState.Running, ProcessId: not null } ? sandbox.Started : null;
            if (started is not null && (patient is not { HasEnded: false } || patient.Started != started))
            {
                patient?.Monitor?.Dispose();
                patient = new Patient { Started = started.Value, Health = HealthRule.AtStart(patient?.Health) };
                _patients[id] = patient;
            }

            if (started is null || sandbox.IsPaused)
            {
                End(patient, hasEnded: started is null);
            }
            else if (patient!.Monitor is null)
            {
                Begin(id, check, patient);
            }
        }
    }

    private void Begin(SandboxId id, HealthCheck check, Patient patient)
    {
        var monitor = new HealthMonitor(id, check, patient.Started, probe, time);
        patient.Monitor = monitor;
        _work.TryBegin(stop => monitor.RunAsync(patient.Health, result => Record(id, check, patient, monitor, result), stop));
    }

    private static void End(Patient? patient, bool hasEnded)
    {
        if (patient is not null)
        {
            patient.HasEnded = hasEnded;
        }

        if (patient?.Monitor is { } monitor)
        {
            monitor.Dispose();
            patient.Monitor = null;
            patient.Health = HealthRule.AtEnd(patient.Health);
        }
    }

    // The health that follows; null when the monitor has been ended meanwhile.
    private SandboxHealth? Record(SandboxId id, HealthCheck check, Patient patient, HealthMonitor monitor, ProbeResult result)
    {
        lock (_lock)
        {
            if (patient.Monitor != monitor)
            {
                return null;
            }

            HealthStatus before = patient.Health.Status;
            patient.Health = HealthRule.After(patient.Health, check, result, patient.Started);
            if (patient.Health.Status != before)
            {
                onChange(id, patient.Health.Status);
            }

            return patient.Health;
        }
    }

    /// <summary>A sandbox that has a probe and has been started.</summary>
    private sealed class Patient
    {
        /// <summary>When its latest run began.</summary>
        public required DateTimeOffset Started { get; init; }

        /// <summary>Whether that run has ended.</summary>
        public bool HasEnded { get; set; }

        public required SandboxHealth Health { get; set; }

        /// <summary>What probes it; null while it is paused, or once it has ended.</summary>
        public HealthMonitor? Monitor { get; set; }
    }
}
