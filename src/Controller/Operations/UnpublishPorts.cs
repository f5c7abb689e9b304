using Net.Cnm.Ports;
using Net.Cnm.Sandboxes;
using Net.Controller.Choices;
using Net.Controller.Ports;
using Net.Controller.Runners;

namespace Net.Controller.Operations;

/// <summary>Takes published ports of a sandbox back; its other ports keep their numbers.</summary>
internal sealed class UnpublishPorts(string reference, IReadOnlyList<PortSpec> ports, StackChoices stacks) : IOperation<Sandbox>
{
    /// <inheritdoc/>
    public ValueTask<Sandbox> ResolveAsync(Draft draft, CancellationToken cancellationToken)
    {
        Sandbox sandbox = draft.Edit.Now.FindSandbox(reference);
        IReadOnlyList<PortSpec> specs = PublishedSpecs.Of(sandbox);
        IReadOnlyList<PortMapping> left = sandbox.Ports;
        foreach (PortSpec port in ports)
        {
            specs = PortSubtraction.Remove(specs, port, sandbox.Ports, sandbox.Name);
            left = PortSubtraction.Remove(left, port);
        }

        // "All that is exposed" cannot be said any more when one of it is taken back: it is named one by one from now on.
        draft.Edit.Put(sandbox with { PortSpecs = specs, PublishAll = false, Ports = left });
        stacks.Refresh(draft, sandbox.Id);
        return ValueTask.FromResult(draft.Edit.Now[sandbox.Id]);
    }
}
