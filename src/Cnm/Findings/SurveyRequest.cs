using System.Net;
using Net.Cnm.DesiredState;
using Net.Cnm.Ports;

namespace Net.Cnm.Findings;

/// <summary>What a survey is to look at.</summary>
public sealed record SurveyRequest
{
    /// <summary>All that should exist: the survey looks at the links and namespaces among it.</summary>
    public required IReadOnlyCollection<DesiredObject> Desired { get; init; }

    /// <summary>The addresses for which the kernel is asked where their packets go.</summary>
    public IReadOnlyCollection<IPAddress> Addresses { get; init; } = [];

    /// <summary>The packets for which rules of other programs are looked through.</summary>
    public IReadOnlyCollection<SamplePacket> Packets { get; init; } = [];

    /// <summary>The ports whose holders are looked for.</summary>
    public IReadOnlyCollection<(PortProtocol Protocol, IPAddress Address, ushort Port)> Ports { get; init; } = [];
}
