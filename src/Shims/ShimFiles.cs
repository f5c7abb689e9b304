namespace Net.Shims;

/// <summary>The files in a shim's directory.</summary>
internal static class ShimFiles
{
    /// <summary>Where it listens; stays after its end, and refuses then.</summary>
    internal const string Socket = "shim.sock";

    /// <summary>What is known of it and its command, as JSON.</summary>
    internal const string State = "state.json";

    /// <summary>What the command wrote, a JSON document a piece.</summary>
    internal const string Output = "output.log";

    /// <summary>What the shim has to say about itself.</summary>
    internal const string Messages = "shim.log";
}
