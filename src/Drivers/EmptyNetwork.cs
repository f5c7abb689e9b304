using Net.Cnm.DesiredState;
using Net.Cnm.Drivers;
using Net.Cnm.Endpoints;
using Net.Cnm.Ports;

namespace Net.Drivers;

/// <summary>A network that needs no objects in the kernel.</summary>
internal sealed class EmptyNetwork : IDriverNetwork
{
    public string? LinkName => null;

    public IReadOnlyList<DesiredObject> Describe() => [];

    public IReadOnlyList<DesiredObject> Describe(Endpoint endpoint, NamespaceRef sandbox, IReadOnlyList<PortMapping> ports) => [];
}
