namespace Net.Labs.Pictures.Drawings;

/// <summary>What a node of a graph stands for.</summary>
internal enum GraphNodeKind
{
    /// <summary>What is between hosts.</summary>
    Wire,

    /// <summary>A host's own network stack.</summary>
    Host,

    /// <summary>A network.</summary>
    Network,

    /// <summary>A network that leads nowhere.</summary>
    InternalNetwork,

    /// <summary>A container that runs.</summary>
    Container,

    /// <summary>A container that does not run.</summary>
    StoppedContainer,
}
