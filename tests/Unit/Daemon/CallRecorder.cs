using System.Reflection;

namespace Net.Tests.Unit.Daemon;

/// <summary>Passes the calls of an interface on to an object, and remembers their names.</summary>
public class CallRecorder : DispatchProxy
{
    private readonly List<string> _calls = [];
    private object? _target;

    /// <summary>A recording proxy for an object.</summary>
    /// <returns>The proxy, and the names of the methods that were called on it so far.</returns>
    public static (T Proxy, IReadOnlyList<string> Calls) Of<T>(T target)
        where T : class
    {
        T proxy = Create<T, CallRecorder>();
        var recorder = (CallRecorder)(object)proxy;
        recorder._target = target;
        return (proxy, recorder._calls);
    }

    /// <inheritdoc/>
    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        _calls.Add(targetMethod!.Name);
        return targetMethod.Invoke(_target, args);
    }
}
