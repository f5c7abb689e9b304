using Net.Cnm.Ports;
using Net.Cnm.Sandboxes;
using Net.Controller.Choices;
using Net.Controller.Plans;
using Net.Controller.Ports;
using Net.Controller.Requests;
using Net.Controller.Runners;

namespace Net.Controller.Operations;

/// <summary>Publishes further ports of a sandbox. An exited sandbox gets them at its next start; a sandbox in mode host or none never
/// does.</summary>
internal sealed class PublishPorts(
    string reference, IReadOnlyList<PortSpec> ports, StackChoices stacks, Planner planner) : IOperation<PortsPublished>
{
    /// <inheritdoc/>
    public ValueTask<PortsPublished> ResolveAsync(Draft draft, CancellationToken cancellationToken)
    {
        Sandbox before = draft.Edit.Now.FindSandbox(reference);
        IReadOnlyList<string> warnings = PortWarnings.Of(draft.Edit.Now, before, planner);
        if (before.Mode != NetworkMode.Own)
        {
            return ValueTask.FromResult(new PortsPublished([], warnings));
        }

        // Exposed ports that -P has published stay published although one of them is named now.
        Sandbox changed = before with { PortSpecs = [.. PublishedSpecs.Of(before).Union(ports)], PublishAll = false };
        if (!changed.HasNetworkStack)
        {
            SelfConsistentPorts.Require(changed, draft.Host.Facts);
        }

        draft.Edit.Put(changed);
        stacks.Refresh(draft, changed.Id);
        IReadOnlyList<PortMapping> after = draft.Edit.Now[changed.Id].Ports;
        PortMapping[] chosen = [.. after.Except(before.Ports)];

        // Ports that were published already are reported again.
        return ValueTask.FromResult(
            new PortsPublished(chosen.Length > 0 ? chosen : [.. after.Where(m => ports.Any(p => Serves(m, p)))], warnings));
    }

    private static bool Serves(PortMapping mapping, PortSpec spec) =>
        mapping.Protocol == spec.Protocol
        && mapping.ContainerPort < spec.ContainerPort + spec.Count && spec.ContainerPort < mapping.ContainerPort + mapping.Count
        && (spec.HostAddress is null || spec.HostAddress.Equals(mapping.HostAddress))
        && (spec.HostPort is null
            || spec.LastHostPort is not null
            || mapping.HostPort - mapping.ContainerPort == spec.HostPort - spec.ContainerPort);
}
