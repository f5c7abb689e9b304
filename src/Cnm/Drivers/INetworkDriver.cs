using Net.Cnm.Errors;
using Net.Cnm.Hosts;
using Net.Cnm.Networks;

namespace Net.Cnm.Drivers;

/// <summary>Implements one kind of network. A driver is a pure function from the model to desired state: it does no I/O and has no
/// state.</summary>
public interface INetworkDriver
{
    /// <summary>The name of the driver, as given to <c>--driver</c> (<c>-d</c>).</summary>
    string Name { get; }

    /// <summary>The capabilities of the driver.</summary>
    DriverCapabilities Capabilities { get; }

    /// <summary>Parses the options of a network once, and returns the object that describes the network.</summary>
    /// <param name="network">The network.</param>
    /// <param name="facts">The facts about the host.</param>
    /// <exception cref="CnmException">InvalidParameter: an option is unknown or its value is not allowed. The message names every such
    /// option and what is allowed.</exception>
    IDriverNetwork Open(Network network, HostFacts facts);
}
