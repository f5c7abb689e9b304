using Net.Cnm.Identifiers;
using Net.Cnm.Ports;
using Net.Cnm.Sandboxes;
using Net.Controller.Choices;
using Net.Controller.Foreign;
using Net.Controller.Runners;

namespace Net.Controller.Operations;

/// <summary>Publishes just these ports of an endpoint of another program. The result is the sandbox that stands for the endpoint.</summary>
/// <param name="id">The endpoint.</param>
/// <param name="ports">All ports; empty for none.</param>
/// <param name="stacks">Chooses host ports.</param>
internal sealed class PublishForeignPorts(EndpointId id, IReadOnlyList<PortSpec> ports, StackChoices stacks) : IOperation<Sandbox>
{
    /// <inheritdoc/>
    public ValueTask<Sandbox> ResolveAsync(Draft draft, CancellationToken cancellationToken)
    {
        (Sandbox sandbox, _) = ForeignNames.Require(draft.Edit.Now, id);
        if (!sandbox.PortSpecs.SequenceEqual(ports))
        {
            draft.Edit.Put(sandbox with { PortSpecs = ports });
            stacks.Refresh(draft, sandbox.Id);
        }

        return ValueTask.FromResult(draft.Edit.Now[sandbox.Id]);
    }
}
