namespace Net.Tests.EndToEnd.RandomSequences;

/// <summary>The links that a container asks for when it joins a network: on the default one to containers, on others to names.</summary>
internal sealed class LinkedJoin(Sequence sequence, ModelContainer container, ModelMembership membership)
{
    private readonly List<(string Alias, ModelContainer Named)> _links = [];

    private bool IsOnDefault => membership.Network.IsDefault;

    /// <summary>Rolls links and adds their options.</summary>
    /// <returns>Whether they are possible. Those of a container that does not run may lead nowhere yet.</returns>
    public bool Roll(List<string> arguments)
    {
        foreach (ModelContainer named in sequence.Shuffle(sequence.Model.Containers).Take(sequence.Number(1, 3)))
        {
            _links.Add(($"l{sequence.Number(0, 2)}-{_links.Count}", named));
            arguments.AddRange(["--link", $"{named.Name}:{_links[^1].Alias}"]);
        }

        return !IsOnDefault || _links.Count == 0
            || (_links.TrueForAll(link => IsPossible(link.Named)) && (!container.IsRunning || LeadAll()));
    }

    /// <summary>The container has the links from now on. Links on the default network take the place of earlier ones with the same alias,
    /// which it keeps while it is not on that network.</summary>
    public void Link()
    {
        if (IsOnDefault)
        {
            container.Links.RemoveAll(IsReplaced);
            container.Links.AddRange(_links.Select(link => new ModelLink(link.Alias, sequence.Model.TargetOf(link.Named)!)));
            return;
        }

        foreach ((string alias, ModelContainer named) in _links)
        {
            membership.PrivateNames[alias] = named.Name;
        }
    }

    private bool IsPossible(ModelContainer named) =>
        sequence.Model.TargetOf(named) is { } target && target != container && target.Source != StackSource.Host;

    private bool LeadAll() => container.Links.Where(link => !IsReplaced(link)).Select(link => link.Target)
        .Concat(_links.Select(link => sequence.Model.TargetOf(link.Named)!)).All(sequence.Model.LeadsSomewhere);

    private bool IsReplaced(ModelLink link) => _links.Exists(other => other.Alias == link.Alias);
}
