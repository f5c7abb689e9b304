namespace Net.Controller;

/// <summary>Takes what the controller has to say when nobody waits for an answer: what happens in the background. Called from any thread.</summary>
public interface IControllerLog
{
    /// <summary>Something needs a look; the controller goes on.</summary>
    void Warning(string message);
}
