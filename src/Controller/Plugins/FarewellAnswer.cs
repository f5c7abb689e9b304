using Net.Cnm.Errors;

namespace Net.Controller.Plugins;

/// <summary>What a plug-in answers when it is told that something is gone.</summary>
internal static class FarewellAnswer
{
    /// <summary>Tells it. An answer that is an error is noted, and counts as an answer: what is gone is gone.</summary>
    /// <exception cref="CnmException">Unavailable: the plug-in does not answer.</exception>
    public static async Task TryAsync(IControllerLog log, Func<ValueTask> tell)
    {
        try
        {
            await tell();
        }
        catch (CnmException error) when (error.Kind == CnmErrorKind.Internal)
        {
            log.Warning(error.Message);
        }
    }
}
