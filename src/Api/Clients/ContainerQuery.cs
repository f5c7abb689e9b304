namespace Net.Api.Clients;

/// <summary>Which containers are listed.</summary>
public sealed record ContainerQuery
{
    /// <summary>Whether containers that do not run are listed too.</summary>
    public bool All { get; init; }

    /// <summary>How many of the newest, whether they run or not; null for no limit.</summary>
    public int? Limit { get; init; }

    /// <summary>Values of filters by their names, as Docker's.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Filters { get; init; } = new Dictionary<string, IReadOnlyList<string>>();
}
