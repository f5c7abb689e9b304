using Net.Cnm.DesiredState;

namespace Net.Kernel.Steps;

/// <summary>Namespaces and links, the places that objects are in or on: without one of them, what it holds cannot be there.</summary>
internal sealed class HolderSet
{
    private readonly HashSet<ObjectPlace> _places = [];

    /// <summary>Adds the places that exist with an object.</summary>
    public void Add(DesiredObject desired) => _places.UnionWith(desired.Places);

    /// <summary>Adds the places of another set.</summary>
    public void UnionWith(HolderSet other) => _places.UnionWith(other._places);

    /// <summary>Whether the namespace was added.</summary>
    public bool Has(NamespaceRef @namespace) => _places.Contains(new ObjectPlace(@namespace));

    /// <summary>Whether the link was added, or the namespace that it is in.</summary>
    public bool Has(NamespaceRef @namespace, string link) => Has(@namespace) || _places.Contains(new ObjectPlace(@namespace, link));

    /// <summary>Whether one of the places was added that the object cannot be without.</summary>
    public bool HasAnyUnder(DesiredObject desired) =>
        desired.RestsOn.Any(place => place.Link is { } link ? Has(place.Namespace, link) : Has(place.Namespace));
}
