using System.Net;
using Net.Cnm.DesiredState;
using Net.Kernel.Observations;
using Net.Kernel.Steps;

namespace Net.Kernel.Ports;

/// <summary>Host ports held by sockets of the daemon. Destination NAT takes packets before they reach these sockets; the forwarder serves
/// what NAT leaves.</summary>
internal sealed class HeldPortKind(HeldPortTable table) : ObjectKind<HeldPort>
{
    private const string Leftover = "held-port";

    /// <inheritdoc/>
    protected override IEnumerable<Step> Add(HeldPort desired) =>
    [
        new ActionStep(ApplyPhase.HeldPorts, desired, () => HeldPortWords.Held(desired))
        {
            Do = _ => table.Hold(desired),
            Otherwise = new ActionStep(ApplyPhase.HeldPorts, desired, () => "") { Do = _ => HoldWhatIsFree(desired) },
        },
    ];

    /// <inheritdoc/>
    protected override IEnumerable<Step> Replace(HeldPort from, HeldPort to) => Add(to);

    /// <inheritdoc/>
    protected override IEnumerable<Step> Remove(HeldPort desired, RemovalScope scope) =>
    [
        new ActionStep(ApplyPhase.HeldPorts, desired, () => $"# the daemon lets {HeldPortWords.Of(desired)} go")
        {
            Do = _ =>
            {
                table.Release(desired.Key);
                return null;
            },
        },
    ];

    /// <inheritdoc/>
    protected override void Diff(IReadOnlyList<HeldPort> desired, ObservedKernel kernel, DifferenceBuilder difference)
    {
        foreach (HeldPort port in desired)
        {
            if (table.Find(port.Key) is not { } held)
            {
                difference.Missing(port);
            }
            else
            {
                difference.Different(port, Deviations(port, held));
            }
        }

        HashSet<string> wanted = [.. desired.Select(port => port.Key)];
        foreach (HeldPort port in table.Ports.Where(port => !wanted.Contains(port.Key)))
        {
            difference.Leftover(new ObjectLeftover(Leftover, port.Key, port));
        }
    }

    private IEnumerable<string> Deviations(HeldPort wanted, HeldPort held)
    {
        if (wanted != held)
        {
            yield return $"what is held is {HeldPortWords.Of(held)}, forwarded to {held.ForwardAddress?.ToString() ?? "nothing"}";
        }

        PortSlot[] gaps = [.. table.Gaps(wanted)];
        if (gaps.Length > 0)
        {
            // Finding the program that has a port takes milliseconds, so this is done for the first port only.
            bool both = wanted.DualStack && gaps.Length > 1 && gaps[1] == gaps[0] with { Address = IPAddress.Any };
            int more = gaps.Length - (both ? 2 : 1);
            string others = more == 0 ? "" : $", and {more} more are not held";
            yield return PortOpener.Obstacle(gaps[0], both) is { } obstacle
                ? $"{obstacle}{others}; then netctl doctor --fix takes the port again"
                : $"{gaps[0]} is held by nobody{others}; netctl doctor --fix takes the port again";
        }
    }

    // One port of the object that another program has must not keep the others from being held.
    private Action? HoldWhatIsFree(HeldPort port)
    {
        table.Hold(port, problems: []);
        return null;
    }
}
