using Net.Controller.Runners;

namespace Net.Controller.Operations;

/// <summary>One thing that can be done to the model.</summary>
/// <typeparam name="T">What the caller gets.</typeparam>
internal interface IOperation<T>
{
    /// <summary>Makes every choice and writes the outcome into the draft. Touches neither store nor kernel, so that a dry run is the same with the draft thrown away.</summary>
    ValueTask<T> ResolveAsync(Draft draft, CancellationToken cancellationToken);
}
