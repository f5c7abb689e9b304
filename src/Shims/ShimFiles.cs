namespace Net.Shims;

/// <summary>The files in a shim's directory.</summary>
internal static class ShimFiles
{
    /// <summary>The socket that the shim listens on. It stays after the shim's end and then refuses connections.</summary>
    internal const string Socket = "shim.sock";

    /// <summary>The name of the socket until the daemon that starts the shim is connected. The shim takes the first connection for that
    /// daemon's, which says what to start; before, nobody else finds the socket.</summary>
    internal const string NewSocket = "shim.sock.new";

    /// <summary>The state of the shim and its command, as JSON.</summary>
    internal const string State = "state.json";

    /// <summary>A file of one block whose place the last record of the state takes when the disk is full.</summary>
    internal const string Reserve = "state.reserve";

    /// <summary>What the daemon knows of the sandbox. The shim does not read it.</summary>
    internal const string Description = "container.json";

    /// <summary>How the sandbox's processes are held up: <c>signals</c>, or the directory of a control group. There is none while they are
    /// not.</summary>
    internal const string Pause = "pause";

    /// <summary>The shim's own messages.</summary>
    internal const string Messages = "shim.log";
}
