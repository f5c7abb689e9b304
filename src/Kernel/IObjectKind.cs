using Net.Cnm.DesiredState;
using Net.Kernel.Observations;
using Net.Kernel.Steps;

namespace Net.Kernel;

/// <summary>One kind of desired object: how it is made, changed, removed and compared with the kernel.</summary>
internal interface IObjectKind
{
    /// <summary>Whether the object is of this kind.</summary>
    bool Handles(DesiredObject desired);

    /// <summary>The steps that make it.</summary>
    IEnumerable<Step> Add(DesiredObject desired);

    /// <summary>The steps that change an object into another one, in place as far as the kernel can, each with its inverse.</summary>
    IEnumerable<Step> Replace(DesiredObject from, DesiredObject to);

    /// <summary>The steps that correct an object that exists with another property.</summary>
    IEnumerable<Step> Correct(DesiredObject desired);

    /// <summary>The steps that remove it; none when it goes along with a link or namespace of <paramref name="scope"/>.</summary>
    IEnumerable<Step> Remove(DesiredObject desired, RemovalScope scope);

    /// <summary>Compares the objects of this kind with the kernel.</summary>
    void Diff(IReadOnlyCollection<DesiredObject> desired, ObservedKernel kernel, DifferenceBuilder difference);

    /// <summary>The objects of this kind in whose place something stands that is not ours, and in words what. Cheaper than
    /// <see cref="Diff"/>, which reports the same conflicts: properties are not compared.</summary>
    IEnumerable<(DesiredObject Wanted, string Problem)> FindConflicts(IReadOnlyCollection<DesiredObject> desired, ObservedKernel kernel);
}
