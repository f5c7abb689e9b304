using Net.Cnm.Ports;
using Net.Cnm.Sandboxes;

namespace Net.Controller.Operations;

/// <summary>Takes published ports of a sandbox back; its other ports keep their numbers.</summary>
internal sealed class UnpublishPorts(string reference, IReadOnlyList<PortSpec> ports, StackChoices stacks) : IOperation<Sandbox>
{
    /// <inheritdoc/>
    public ValueTask<Sandbox> ResolveAsync(Draft draft, CancellationToken cancellationToken)
    {
        Sandbox sandbox = draft.Edit.Now.FindSandbox(reference);
        IReadOnlyList<PortSpec> specs = sandbox.PublishAll ? [.. sandbox.PortSpecs, .. Exposed(sandbox)] : sandbox.PortSpecs;
        foreach (PortSpec port in ports)
        {
            specs = PortSpecCut.Remove(specs, port, sandbox.Ports, sandbox.Name);
        }

        draft.Edit.Put(sandbox with { PortSpecs = specs, PublishAll = false });
        stacks.Refresh(draft, sandbox.Id);
        return ValueTask.FromResult(draft.Edit.Now[sandbox.Id]);
    }

    /// <summary>"All exposed" cannot be said any more when one of them is taken back: they are named one by one from now on.</summary>
    private static IEnumerable<PortSpec> Exposed(Sandbox sandbox) => sandbox.ExposedPorts
        .SelectMany(e => Enumerable.Range(e.Port, e.Count).Select(port => new PortSpec { ContainerPort = (ushort)port, Protocol = e.Protocol }))
        .Where(e => !sandbox.PortSpecs.Any(s => s.Protocol == e.Protocol && e.ContainerPort >= s.ContainerPort && e.ContainerPort < s.ContainerPort + s.Count));
}
