using Net.Cnm.Ports;
using Net.Cnm.Sandboxes;
using Net.Controller.Choices;
using Net.Controller.Ports;
using Net.Controller.Runners;

namespace Net.Controller.Operations;

/// <summary>Ends the publishing of ports of a sandbox; its other ports keep their numbers.</summary>
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

        // "All exposed ports" is not true any more when one of them is unpublished: from now on the others are listed one by one.
        draft.Edit.Put(sandbox with { PortSpecs = specs, PublishAll = false, Ports = left });
        stacks.Refresh(draft, sandbox.Id);
        return ValueTask.FromResult(draft.Edit.Now[sandbox.Id]);
    }
}
