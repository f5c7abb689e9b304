using System.Text.Json.Serialization;

namespace Net.Labs.Worlds;

/// <summary>What is remembered of a lab that is up, in its file below /run.</summary>
public sealed record WorldState
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Tells it apart from others of this name, such as those of another mount namespace: part of the names of its
    /// cgroups.</summary>
    public string Token { get; init; } = "";

    /// <summary>The folder of the lab.</summary>
    public required string Folder { get; init; }

    /// <summary>The process that keeps the links between the hosts; null until it is there.</summary>
    public HostProcess? Switch { get; init; }

    /// <summary>The hosts that have booted.</summary>
    public IReadOnlyList<HostProcess> Hosts { get; init; } = [];

    /// <summary>Whether everything is up, so that a learner can begin.</summary>
    public bool IsReady { get; init; }

    /// <summary>The titles of the tasks that are solved.</summary>
    public IReadOnlyList<string> Solved { get; init; } = [];

    /// <summary>How many hints were given, by the task's title.</summary>
    public IReadOnlyDictionary<string, int> Hints { get; init; } = new Dictionary<string, int>();
}

/// <summary>How a state is written.</summary>
[JsonSourceGenerationOptions(WriteIndented = true)]
[JsonSerializable(typeof(WorldState))]
internal sealed partial class WorldJson : JsonSerializerContext;
