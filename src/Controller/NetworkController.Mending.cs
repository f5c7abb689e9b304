using Net.Cnm.DesiredState;
using Net.Cnm.Errors;
using Net.Cnm.Findings;
using Net.Cnm.Firewalls;
using Net.Cnm.Identifiers;
using Net.Controller.Findings;
using Net.Controller.Lifecycles;
using Net.Controller.Plugins;
using Net.Controller.Recovery;

namespace Net.Controller;

/// <summary>What doctor asks for: what differs, what is found, and mending it.</summary>
public sealed partial class NetworkController
{
    /// <summary>Compares the desired state of everything with the kernel. Nothing is changed, but that links of other programs are
    /// followed which came or went a moment ago.</summary>
    public Task<StateDifference> DiffAsync(CancellationToken cancellationToken) =>
        _parts.Queue.RunAsync(
            async () =>
            {
                GuestBridgeFollowing.TryRun(_parts);
                StateDifference difference = Mending.Compare(_parts);
                IReadOnlyList<SandboxId> unknown = await new ShimRecovery(_parts).FindUnknownAsync(cancellationToken);
                return difference with
                {
                    Conflicts =
                    [
                        .. difference.Conflicts,
                        .. PluginWork.Of(Snapshot).Describe(),
                        .. unknown.Select(id => $"container {id.Short} runs and is not in the store; netctl doctor --fix ends it"),
                    ],
                };
            },
            cancellationToken);

    /// <summary>Looks for faults of the host that keep traffic of containers from flowing though everything of ours is as it should be.
    /// Changes nothing.</summary>
    /// <param name="silent">The DNS servers of containers that do not answer.</param>
    /// <returns>What is found, faults before notes.</returns>
    public Task<IReadOnlyList<Finding>> ExamineAsync(
        IReadOnlyCollection<SilentResolver> silent, CancellationToken cancellationToken) =>
        _parts.Queue.RunAsync(() => Task.FromResult(Examination.Run(_parts, silent)), cancellationToken);

    /// <summary>Mends what is this program's to mend among what <see cref="ExamineAsync"/> found.</summary>
    /// <returns>A sentence for each that could not be mended.</returns>
    public Task<IReadOnlyList<string>> MendFindingsAsync(IReadOnlyList<Finding> findings, CancellationToken cancellationToken) =>
        _parts.Queue.RunAsync(() => Task.FromResult(Examination.Mend(_parts, findings)), cancellationToken);

    /// <summary>Repairs what <see cref="DiffAsync"/> finds, in the kernel and with plug-ins, which may take as long as these take to
    /// answer.</summary>
    public async Task<MendingReport> MendAsync(bool endsUnknown, CancellationToken cancellationToken)
    {
        MendingReport report = await MendKernelAsync(endsUnknown, cancellationToken);
        return await new PluginRound(_parts).RunAsync(report, cancellationToken) is { } problems
            ? (await MendKernelAsync(endsUnknown: false, cancellationToken)).After(report, problems)
            : report;
    }

    /// <summary>Restores the firewall's rules after another program has changed them. Nothing else is compared.</summary>
    /// <returns>What had to be changed.</returns>
    /// <exception cref="CnmException">Unavailable, Internal: the backend refused the rules, which are as they were.</exception>
    public Task<FirewallMending> MendFirewallAsync(CancellationToken cancellationToken) =>
        _parts.Queue.RunAsync(() => Task.FromResult(FirewallRestore.Run(_parts)), cancellationToken);

    /// <summary>Repairs what is wrong in the kernel. No plug-in is asked; <see cref="PluginsLeftBehind"/> is raised when one has to
    /// be.</summary>
    public async Task<MendingReport> MendKernelAsync(CancellationToken cancellationToken) =>
        WithLostLinks(await MendKernelAsync(endsUnknown: false, cancellationToken));

    /// <summary>Repairs what another program has changed in the kernel, as <see cref="MendKernelAsync(CancellationToken)"/>. What is gone
    /// or changed again each time is put back three times within a minute, so that two programs do not work against each other without
    /// end.</summary>
    /// <param name="owners">Whose objects may have been changed, by their tags; null to compare all in any case.</param>
    /// <returns>What was found and done; null when these owners are to have nothing in the kernel by now.</returns>
    public async Task<MendingReport?> MendDriftAsync(IReadOnlySet<string>? owners, CancellationToken cancellationToken)
    {
        MendingReport? report = await _parts.Queue.RunAsync(
            async () => owners is null || DriftMending.Concerns(Snapshot, owners) ? await MendNowAsync(MendLimitScope.All) : null,
            cancellationToken);
        return report is null ? null : WithLostLinks(report);
    }

    private MendingReport WithLostLinks(MendingReport report)
    {
        if (PluginRound.LostLinks(Snapshot, report).Count > 0)
        {
            PluginsLeftBehind?.Invoke();
        }

        return report;
    }

    private async Task<MendingReport> MendKernelAsync(bool endsUnknown, CancellationToken cancellationToken)
    {
        await _parts.ForeignFarewells.RunAsync(_parts);
        return await MendNowAsync(endsUnknown, cancellationToken);
    }

    private Task<MendingReport> MendNowAsync(bool endsUnknown, CancellationToken cancellationToken) => _parts.Queue.RunAsync(
        async () =>
        {
            if (endsUnknown && _parts.Store.Loss is not null)
            {
                _parts.Store.AcceptLoss();
                await new ShimRecovery(_parts).StopUnwantedAsync(cancellationToken);
            }

            return await MendNowAsync(MendLimitScope.Sandboxes);
        },
        cancellationToken);

    private async Task<MendingReport> MendNowAsync(MendLimitScope limited)
    {
        string? unforgotten = await BrokenOffEnd.TryForgetStaleAsync(_parts);
        MendingReport report = Mending.Run(_parts, limited);
        if (report.RemovalsAreDone)
        {
            await Mending.FinishRemovalsAsync(_parts);
        }

        return unforgotten is null ? report : report.After(report, [unforgotten]);
    }
}
