namespace Net.Controller;

/// <summary>Receives messages about work that no caller waits for. Called from any thread.</summary>
public interface IControllerLog
{
    /// <summary>Reports a problem that an administrator should look at; the controller continues.</summary>
    void Warning(string message);
}
