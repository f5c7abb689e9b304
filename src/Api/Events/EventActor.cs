namespace Net.Api.Events;

/// <summary>What something has happened to.</summary>
public sealed record EventActor
{
    /// <summary>The full id of the object.</summary>
    public string ID { get; init; } = "";

    /// <summary>Its name and labels, and what the action is about.</summary>
    public IReadOnlyDictionary<string, string> Attributes { get; init; } = new Dictionary<string, string>();
}
