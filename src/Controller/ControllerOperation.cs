using Net.Cnm.Errors;

namespace Net.Controller;

/// <summary>A requested change of networks or containers. It can be run, or explained; nothing happens until then.</summary>
/// <typeparam name="T">The result of the change.</typeparam>
/// <remarks>An instance holds the request only: references are looked up, and choices are made, by each call of a method.</remarks>
public sealed class ControllerOperation<T>
{
    private readonly Func<CancellationToken, Task<T>> _run;
    private readonly Func<CancellationToken, Task<IReadOnlyList<string>>> _explain;

    internal ControllerOperation(
        Func<CancellationToken, Task<T>> run, Func<CancellationToken, Task<IReadOnlyList<string>>> explain)
    {
        _run = run;
        _explain = explain;
    }

    /// <summary>Makes the change.</summary>
    /// <exception cref="CnmException">It could not be made; everything is as it was before.</exception>
    public Task<T> RunAsync(CancellationToken cancellationToken) => _run(cancellationToken);

    /// <summary>The commands that a person would type for the same change of the network. Nothing is changed.</summary>
    /// <returns>Commands for a shell, in order. The last one starts the command of a container that is to run one; other
    /// processes are not among them.</returns>
    /// <exception cref="CnmException">As for <see cref="RunAsync"/>, as far as that does not depend on the kernel.</exception>
    public Task<IReadOnlyList<string>> ExplainAsync(CancellationToken cancellationToken) => _explain(cancellationToken);
}
