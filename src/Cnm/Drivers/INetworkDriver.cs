using Net.Cnm.Errors;
using Net.Cnm.Hosts;
using Net.Cnm.Networks;

namespace Net.Cnm.Drivers;

/// <summary>Knows one kind of network. A pure function from the model to desired state: no I/O, no state of its own.</summary>
public interface INetworkDriver
{
    /// <summary>The name users type after <c>-d</c>.</summary>
    string Name { get; }

    /// <summary>What it can do.</summary>
    DriverCapabilities Capabilities { get; }

    /// <summary>Reads a network's options once and gives the network that describes itself.</summary>
    /// <exception cref="CnmException">InvalidParameter: an option is unknown or its value is not allowed; the message names every such
    /// option with what is allowed.</exception>
    IDriverNetwork Open(Network network, HostFacts facts);
}
