namespace Net.Drivers.Ipam.Default;

/// <summary>Numbers in the order in which they were freed. A number can go back to the place that it was taken from.</summary>
internal sealed class FreedNumbers
{
    private readonly SortedDictionary<long, UInt128> _byPlace = [];
    private readonly Dictionary<UInt128, long> _places = [];
    private long _last;

    /// <summary>How many there are.</summary>
    public int Count => _places.Count;

    /// <summary>The numbers, the one that was freed first at the beginning.</summary>
    public IEnumerable<UInt128> InOrder => _byPlace.Values;

    /// <summary>Whether a number is among them.</summary>
    public bool Contains(UInt128 number) => _places.ContainsKey(number);

    /// <summary>Adds a number at the end.</summary>
    public void Add(UInt128 number) => AddAt(number, ++_last);

    /// <summary>Adds a number at a place that <see cref="TryTake"/> has returned for it.</summary>
    public void AddAt(UInt128 number, long place)
    {
        _places.Add(number, place);
        _byPlace.Add(place, number);
    }

    /// <summary>Takes a number out; false when it is not among them.</summary>
    public bool TryTake(UInt128 number, out long place) => _places.Remove(number, out place) && _byPlace.Remove(place);
}
