using Net.Controller.Runners;

namespace Net.Controller.Operations;

/// <summary>One change of the model, as requested.</summary>
/// <typeparam name="T">The result for the caller.</typeparam>
internal interface IOperation<T>
{
    /// <summary>Makes every choice and writes the outcome into the draft. It changes neither store nor kernel, so that a dry run does the
    /// same and discards the draft.</summary>
    ValueTask<T> ResolveAsync(Draft draft, CancellationToken cancellationToken);
}
